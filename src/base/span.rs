//! Durations as people write them: `60d`, `12d 4h`, `8 wks`, `-1d`, `10%`, `3ed`. See the functions for their meaning on a calendar.

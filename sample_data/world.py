"""The portfolio, planned, carried out and priced: what every workbook is written from."""

import execution as run
import story

INITIATIVES, NETWORK = run.read_plan()
RESOURCES = run.read_resources()
run.plan(NETWORK)
run.smooth(NETWORK, RESOURCES)
run.price(NETWORK, RESOURCES)


def shown(init, id):
    """An activity's id as its plan's program gives it: Microsoft Project numbers its tasks."""
    return id.replace("A", "T", 1) if init in story.MS_PROJECT else id

"""Reads a calendar with the Python package icalendar and prints as JSON what it saw; ends with an error at any doubt."""

import datetime
import json
import sys

import icalendar


def text(component, name):
    value = component.get(name)
    assert value is None or not isinstance(value, list), f"{name} stands more than once"
    return None if value is None else str(value)


def day(component, name):
    value = component[name].dt
    assert type(value) is datetime.date, f"{name} is no whole day: {value!r}"
    return value.isoformat()


def alarm(event):
    alarms = [part for part in event.subcomponents if part.name == "VALARM"]
    assert len(alarms) == len(event.subcomponents) <= 1
    if not alarms:
        return None
    assert alarms[0]["ACTION"] == "DISPLAY" and alarms[0]["DESCRIPTION"] == event["SUMMARY"]
    return int(alarms[0]["TRIGGER"].dt.total_seconds())


def event(component):
    categories = component.get("CATEGORIES")
    return {
        "uid": text(component, "UID"),
        "stamp": component["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%S%z").replace("+0000", "Z"),
        "first": day(component, "DTSTART"),
        "after": day(component, "DTEND"),
        "summary": text(component, "SUMMARY"),
        "description": text(component, "DESCRIPTION"),
        "language": component["SUMMARY"].params["LANGUAGE"],
        "categories": ",".join(map(str, categories.cats)) if categories else "",
        "url": text(component, "URL"),
        "status": text(component, "STATUS"),
        "transparency": text(component, "TRANSP"),
        "alarm": alarm(component),
    }


with open(sys.argv[1], "rb") as file:
    calendars = icalendar.Calendar.from_ical(file.read(), multiple=True)
assert len(calendars) == 1, f"{len(calendars)} calendars"
calendar = calendars[0]
for part in calendar.walk():
    assert not part.errors, f"{part.name}: {part.errors}"
    missing = [name for name in part.required if name not in part]
    assert not missing, f"{part.name} has no {missing}"
assert "METHOD" not in calendar and calendar["VERSION"] == "2.0"
events = [event(part) for part in calendar.subcomponents if part.name == "VEVENT"]
others = [part.name for part in calendar.subcomponents if part.name != "VEVENT"]
json.dump({"name": text(calendar, "NAME"), "others": others, "events": events}, sys.stdout)

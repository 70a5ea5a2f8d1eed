"""Reads a calendar with the Python package icalendar and prints as JSON what it saw; ends with an error at any doubt."""

import datetime
import json
import sys

import icalendar


def text(component, name):
    value = component.get(name)
    assert value is None or not isinstance(value, list), f"{name} stands more than once"
    return None if value is None else str(value)


def time(component, name):
    """A whole day, or a moment in Norway with how far its clocks are from UTC then."""
    if name not in component:
        return None
    value = component[name].dt
    if type(value) is datetime.date:
        return value.isoformat()
    assert component[name].params["TZID"] == "Europe/Oslo", f"{name} is not in Norway: {value!r}"
    return value.isoformat(timespec="minutes")


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
        "first": time(component, "DTSTART"),
        "after": time(component, "DTEND"),
        "place": text(component, "LOCATION"),
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

"""Reads a calendar with the C library libical and prints as JSON what it saw; ends with an error at any doubt.

For the Python of the system, which has the bindings (Debian: python3-gi, gir1.2-ical-3.0).
"""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as ical  # noqa: E402


def all_of(first, following):
    found, item = [], first
    while item is not None:
        found.append(item)
        item = following()
    return found


def properties(component, name):
    kind = getattr(ical.PropertyKind, f"{name}_PROPERTY")
    return all_of(component.get_first_property(kind), lambda: component.get_next_property(kind))


def parts(component):
    kind = ical.ComponentKind.ANY_COMPONENT
    return all_of(component.get_first_component(kind), lambda: component.get_next_component(kind))


def kind(component):
    return ical.Component.kind_to_string(component.isa())


def one(component, name):
    found = properties(component, name)
    assert len(found) <= 1, f"{name} stands more than once"
    return found[0] if found else None


def text(component, name):
    found = one(component, name)
    return None if found is None else getattr(found, f"get_{name.lower()}")()


def word(component, name):
    found = one(component, name)
    return None if found is None else found.get_value_as_string()


def time(component, name):
    """A whole day, or a moment in Norway with how far its clocks are from UTC then."""
    found = one(component, name)
    if found is None:
        return None
    found_time = getattr(found, f"get_{name.lower()}")()
    assert found_time.is_valid_time(), f"{name} is no time"
    written = f"{found_time.get_year():04}-{found_time.get_month():02}-{found_time.get_day():02}"
    if found_time.is_date():
        return written
    zone_name = found.get_first_parameter(ical.ParameterKind.TZID_PARAMETER).get_tzid()
    assert zone_name == "Europe/Oslo", f"{name} is not in Norway"
    offset, _ = calendar.get_timezone(zone_name).get_utc_offset(found_time)
    return f"{written}T{found_time.get_hour():02}:{found_time.get_minute():02}+{offset // 3600:02}:00"


def moment(component, name):
    time = getattr(one(component, name), f"get_{name.lower()}")()
    assert time.is_utc() and not time.is_date(), f"{name} is no moment"
    clock = f"{time.get_hour():02}:{time.get_minute():02}:{time.get_second():02}"
    return f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}T{clock}Z"


def alarm(event):
    alarms = parts(event)
    assert len(alarms) <= 1 and all(kind(part) == "VALARM" for part in alarms)
    if not alarms:
        return None
    assert word(alarms[0], "ACTION") == "DISPLAY" and text(alarms[0], "DESCRIPTION") == text(event, "SUMMARY")
    return one(alarms[0], "TRIGGER").get_trigger().get_duration().as_int()


def event(component):
    return {
        "uid": text(component, "UID"),
        "stamp": moment(component, "DTSTAMP"),
        "first": time(component, "DTSTART"),
        "after": time(component, "DTEND"),
        "place": text(component, "LOCATION"),
        "summary": text(component, "SUMMARY"),
        "description": text(component, "DESCRIPTION"),
        "language": one(component, "SUMMARY").get_first_parameter(ical.ParameterKind.LANGUAGE_PARAMETER).get_language(),
        "categories": ",".join(found.get_categories() for found in properties(component, "CATEGORIES")),
        "url": text(component, "URL"),
        "status": word(component, "STATUS"),
        "transparency": word(component, "TRANSP"),
        "alarm": alarm(component),
    }


with open(sys.argv[1], encoding="utf-8", newline="") as file:
    calendar = ical.Component.new_from_string(file.read())
assert kind(calendar) == "VCALENDAR" and calendar.is_valid()
assert calendar.check_restrictions() and calendar.count_errors() == 0
assert one(calendar, "METHOD") is None and text(calendar, "VERSION") == "2.0"
events = [event(part) for part in parts(calendar) if kind(part) == "VEVENT"]
others = [kind(part) for part in parts(calendar) if kind(part) != "VEVENT"]
json.dump({"name": text(calendar, "NAME"), "others": others, "events": events}, sys.stdout)

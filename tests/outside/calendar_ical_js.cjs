// Reads a calendar with the npm package ical.js and prints as JSON what it saw; ends with an error at any doubt.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const ICAL = require('ical.js');

const value = (component, name) => {
  assert(component.getAllProperties(name).length <= 1, `${name} stands more than once`);
  return component.getFirstPropertyValue(name);
};

// A whole day, or a moment in Norway with how far its clocks are from UTC then.
const time = (component, name) => {
  const found = value(component, name);
  if (found === null) return null;
  assert(found instanceof ICAL.Time);
  if (found.isDate) return found.toString();
  assert.strictEqual(found.zone.tzid, 'Europe/Oslo', `${name} is not in Norway`);
  return `${found.toString().slice(0, 16)}+${String(found.utcOffset() / 3600).padStart(2, '0')}:00`;
};

const alarm = (event) => {
  const alarms = event.getAllSubcomponents('valarm');
  assert(alarms.length === event.getAllSubcomponents().length && alarms.length <= 1);
  if (alarms.length === 0) return null;
  assert.strictEqual(value(alarms[0], 'action'), 'DISPLAY');
  assert.strictEqual(value(alarms[0], 'description'), value(event, 'summary'));
  return value(alarms[0], 'trigger').toSeconds();
};

const event = (component) => ({
  uid: value(component, 'uid'),
  stamp: value(component, 'dtstamp').toString(),
  first: time(component, 'dtstart'),
  after: time(component, 'dtend'),
  place: value(component, 'location'),
  summary: value(component, 'summary'),
  description: value(component, 'description'),
  language: component.getFirstProperty('summary').getParameter('language'),
  categories: component.getFirstProperty('categories')?.getValues().join(',') ?? '',
  url: value(component, 'url'),
  status: value(component, 'status'),
  transparency: value(component, 'transp'),
  alarm: alarm(component),
});

const parsed = ICAL.parse(new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(process.argv[2])));
assert(!Array.isArray(parsed[0]), 'more than one calendar');
const calendar = new ICAL.Component(parsed);
assert.strictEqual(calendar.name, 'vcalendar');
assert.strictEqual(value(calendar, 'method'), null);
assert.strictEqual(value(calendar, 'version'), '2.0');
const parts = calendar.getAllSubcomponents();
process.stdout.write(JSON.stringify({
  name: value(calendar, 'name'),
  others: parts.filter((part) => part.name !== 'vevent').map((part) => part.name.toUpperCase()),
  events: parts.filter((part) => part.name === 'vevent').map(event),
}));

"""Holds values against schemas with the Python package jsonschema and prints as JSON which are valid.

Reads {"schemas": {name: schema}, "values": [[name, value]]}; ends with an error if a schema is none.
"""

import json
import sys

from jsonschema import Draft7Validator

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
validators = {}
for name, schema in given["schemas"].items():
    Draft7Validator.check_schema(schema)
    validators[name] = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
json.dump([validators[name].is_valid(value) for name, value in given["values"]], sys.stdout)

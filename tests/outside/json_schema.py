"""Holds a JSON file against a JSON Schema with the Python package jsonschema; ends with an error at any doubt."""

import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as schema, open(sys.argv[2], encoding="utf-8") as file:
    schema, value = json.load(schema), json.load(file)
validator = jsonschema.validators.validator_for(schema, default=None)
validator.check_schema(schema)
errors = list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(value))
assert not errors, "\n".join(f"{error.json_path}: {error.message}" for error in errors)

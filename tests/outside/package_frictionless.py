"""Validates a data package with the Python package frictionless and prints as JSON what it saw."""

import json
import sys

import frictionless

package = frictionless.Package(sys.argv[1])
report = frictionless.validate(sys.argv[1])
json.dump(
    {
        "valid": report.valid,
        "rows": {task.name: task.stats.get("rows") for task in report.tasks},
        "keys": {one.name: len(one.schema.foreign_keys) for one in package.resources},
        "errors": [[task.name, error.type] for task in report.tasks for error in task.errors]
        + [[None, error.type] for error in report.errors],
        "messages": [error.message for task in report.tasks for error in task.errors]
        + [error.message for error in report.errors],
    },
    sys.stdout,
)

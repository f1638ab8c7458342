"""`firsthand doctor`: what is well, what must be mended."""

import argparse
import json
import sys

import django

WORDS = {"well": "well", "note": "note", "mend": "MEND"}


def run(given: argparse.Namespace) -> int:
    django.setup()
    from firsthand.config.health import Level, examine

    findings = examine()
    ill = [finding for finding in findings if finding.level is Level.MEND]
    if given.json:
        json.dump(
            {"well": not ill, "findings": [vars(finding) for finding in findings]}, sys.stdout, indent=2
        )
        print()
        return bool(ill)
    for finding in findings:
        print(f"  {WORDS[finding.level]}  {finding.says}")
        if finding.do:
            print(f"        {finding.do}")
    print(f"\n{len(ill)} to mend." if ill else "\nAll is well.")
    return bool(ill)

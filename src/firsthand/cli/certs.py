"""`firsthand certs`: make a certificate, and say how another machine comes to trust it."""

import argparse
import re

from firsthand.cli.halt import Halt
from firsthand.config import certs

NAME = re.compile(r"[\w.:*-]{1,253}")

SAYS = """\
A certificate for {names}
lies in {folder}. It ends on {ends:%d.%m.%Y}; make a new one with the same command.

Start with it
  firsthand demo --tls --host 0.0.0.0        (or: firsthand up --tls --host 0.0.0.0)

Let the other machine trust it: bring {authority} there, then
  Windows          double-click, Install certificate, Local machine, Trusted root authorities
  macOS            sudo security add-trusted-cert -d -k /Library/Keychains/System.keychain {file}
  Debian, Ubuntu   sudo cp {file} /usr/local/share/ca-certificates/; sudo update-ca-certificates
                   (Chromium: Settings, Privacy and security, Manage certificates, Authorities)
  Fedora, RHEL     sudo trust anchor {file}
  iPhone, iPad     open it, install the profile, then Settings, General, About, Certificate trust settings
  Android          Settings, Security, Encryption and credentials, Install a certificate, CA certificate
  Firefox          Settings, Privacy and security, View certificates, Authorities, Import

Keep {key} to yourself: who has it can pretend to be any site to the machines that trust it.
"""


def run(given: argparse.Namespace) -> int:
    for name in given.names:
        if not NAME.fullmatch(name):
            raise Halt(
                f"{name} is neither a name nor an address. Like this: firsthand certs desk.example 10.0.0.5"
            )
    names = certs.issue(given.names)
    authority, key = certs.authority()
    print(
        SAYS.format(
            names=", ".join(names),
            folder=certs.folder(),
            ends=certs.ends(certs.pair()[0]),
            authority=authority,
            file=authority.name,
            key=key,
        ),
        end="",
    )
    return 0

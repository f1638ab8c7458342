"""A certificate authority of one's own, and a certificate for this machine, for browsers on a second machine.

Browsers give a microphone only to https pages, except on the machine itself. Who has a certificate names
it with FIRSTHAND_TLS_CERT and FIRSTHAND_TLS_KEY, or lets a proxy carry it.
"""

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from firsthand.config.home import base, make

AUTHORITY = timedelta(days=3650)
SERVER = timedelta(days=397)  # what browsers take at most


def folder() -> Path:
    return base() / "certs"


def pair() -> tuple[Path, Path]:
    return folder() / "server.crt", folder() / "server.key"


def authority() -> tuple[Path, Path]:
    return folder() / "firsthand-ca.crt", folder() / "firsthand-ca.key"


def issue(more: list[str]) -> list[str]:
    """Make the server's certificate, and the authority when there is none. The names it holds for."""
    make(folder())
    folder().chmod(0o700)
    issuer, issuer_key = _authority()
    every = list(dict.fromkeys([*more, *own_names(), "localhost", "127.0.0.1", "::1"]))
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begin(every[0], issuer.subject, key, SERVER)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in every]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )
    _keep(pair(), certificate, key)
    return every


def own_names() -> list[str]:
    """How other machines may call this one: its name, its name on the local network, its addresses."""
    name = socket.gethostname().lower()
    names = [name, f"{name}.local"] if "." not in name else [name]
    addresses = [ipaddress.ip_address(text) for text in _addresses()]
    return [
        *names,
        *(str(address) for address in addresses if not address.is_loopback and not address.is_link_local),
    ]


def _addresses() -> list[str]:
    found = [address for card in psutil.net_if_addrs().values() for address in card]
    return [one.address.split("%")[0] for one in found if one.family in (socket.AF_INET, socket.AF_INET6)]


def names(certificate: Path) -> list[str]:
    """What a certificate was made for."""
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    try:
        found = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [str(name.value) for name in found if isinstance(name, x509.DNSName | x509.IPAddress)]


def ends(certificate: Path) -> datetime:
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc


def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The one that is there, so that nobody must trust another; else a new one."""
    paths = authority()
    if all(path.exists() for path in paths):
        old = serialization.load_pem_private_key(paths[1].read_bytes(), None)
        if isinstance(old, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(paths[0].read_bytes()), old
    key = ec.generate_private_key(ec.SECP256R1())
    name = f"Firsthand on {socket.gethostname()}"
    certificate = (
        _begin(name, _named(name), key, AUTHORITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signs_certificates(), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(paths, certificate, key)
    return certificate, key


def _begin(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # the other machine's clock may be behind
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _signs_certificates() -> x509.KeyUsage:
    never = dict.fromkeys(
        ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"],
        False,
    )
    return x509.KeyUsage(key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False, **never)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode("ascii"))


def _keep(paths: tuple[Path, Path], certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(paths[1], text, 0o600)
    _write(paths[0], certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    os.replace(new, path)

"""DATABASE_URL and the other addresses, as an operator may write them."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from firsthand.config import database, env, home, mail
from firsthand.config.hosts import hosts
from firsthand.config.secret import secret_key


def test_an_address_is_read_with_everything_in_it():
    read = database.from_url(
        "postgresql://f%40h:p%3Aw@db.example:6432/firsthand?sslmode=verify-full&connect_timeout=9"
    )
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == (
        "f@h",
        "p:w",
        "db.example",
        "6432",
    )
    assert read["NAME"] == "firsthand"
    assert read["OPTIONS"]["sslmode"] == "verify-full"
    assert read["OPTIONS"]["connect_timeout"] == "9"


@pytest.mark.parametrize(
    "url", ["postgresql://%2Frun%2Fpostgresql/firsthand", "postgresql:///firsthand?host=/run/postgresql"]
)
def test_the_folder_of_a_socket_is_an_address_too(url):
    assert database.from_url(url)["HOST"] == "/run/postgresql"


def test_several_hosts_are_tried_in_turn():
    read = database.from_url("postgresql://one:5432,two:5433/firsthand?target_session_attrs=read-write")
    assert (read["HOST"], read["PORT"]) == ("one,two", "5432,5433")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "postgresql://host/db?nonsense=1", "db"])
def test_what_cannot_be_read_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured, match="It looks like postgresql://") as refused:
        database.from_url(url)
    assert url not in str(refused.value)


def test_a_pooler_in_transaction_mode_is_no_obstacle():
    read = database.from_url("postgresql://pooler/firsthand")
    assert read["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert not read["OPTIONS"].get("prepare_threshold")


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "url").write_text("postgresql://host/db\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert env.text("DATABASE_URL") == "postgresql://host/db"
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.text("DATABASE_URL")


def test_a_number_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("FIRSTHAND_POOL", "many")
    with pytest.raises(ImproperlyConfigured, match="FIRSTHAND_POOL"):
        env.number("FIRSTHAND_POOL", 20)


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (lambda: env.number("FIRSTHAND_POOL", 20, least=1), "0"),
        (lambda: env.number("FIRSTHAND_POOL", 20), "-1"),
        (lambda: env.choice("FIRSTHAND_POOL", "CH", ("CH", "DE")), "FR"),
        (lambda: env.zone("FIRSTHAND_POOL", "Europe/Zurich"), "Mars"),
        (lambda: env.zone("FIRSTHAND_POOL", "Europe/Zurich"), "../../etc/passwd"),
    ],
)
def test_a_setting_that_would_serve_nobody_is_named(monkeypatch, read, wrong):
    monkeypatch.setenv("FIRSTHAND_POOL", "")
    assert read() in {20, "CH", "Europe/Zurich"}
    monkeypatch.setenv("FIRSTHAND_POOL", wrong)
    with pytest.raises(ImproperlyConfigured, match="FIRSTHAND_POOL"):
        read()


@pytest.mark.parametrize("cut", ["", "half", " \n"])
def test_a_key_that_was_cut_off_signs_nothing(tmp_path, cut):
    made = secret_key(tmp_path, "wall-key")
    assert len(made) >= 64
    assert secret_key(tmp_path, "wall-key") == made
    (tmp_path / "wall-key").write_text(cut)
    with pytest.raises(ImproperlyConfigured, match="wall-key is no key") as no:
        secret_key(tmp_path, "wall-key")
    assert cut.strip() == "" or cut not in str(no.value)
    with pytest.raises(ImproperlyConfigured, match="is no key"):
        secret_key(tmp_path, "wall-key", "a word")


def test_the_demo_has_a_home_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("FIRSTHAND_HOME", str(tmp_path))
    monkeypatch.delenv("FIRSTHAND_DEMO", raising=False)
    assert home.home() == tmp_path
    monkeypatch.setenv("FIRSTHAND_DEMO", "1")
    assert home.home() == tmp_path / "demo"


def test_the_house_answers_under_its_address_and_here():
    assert hosts("https://desk.insurer.example:8443", ["10.0.0.5"])[:3] == [
        "desk.insurer.example",
        "10.0.0.5",
        "localhost",
    ]
    assert "evil.example" not in hosts("http://[fd00::1]:8000", [])
    assert hosts("http://[fd00::1]:8000", [])[0] == "[fd00::1]"


def test_mail_goes_where_it_is_told():
    assert mail.parsed("").backend.endswith("filebased.EmailBackend")
    read = mail.parsed("smtp://me%40x:secret@mail.example")
    assert (read.user, read.password, read.port, read.starttls, read.tls) == (
        "me@x",
        "secret",
        587,
        True,
        False,
    )
    assert mail.parsed("smtps://mail.example").tls
    with pytest.raises(ImproperlyConfigured):
        mail.parsed("mail.example")

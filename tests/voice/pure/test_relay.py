from firsthand.voice.pure import relay

URLS = ["turn:turn.firnlicht.example:3478"]


def test_the_password_is_what_coturn_computes():
    """Held against `openssl dgst -sha1 -hmac geheim -binary | base64` over the user name."""
    assert relay.credentials("geheim", "leg", 1_000) == ("4600:leg", "PCi/mn8NMaywLEQuce8OwruumPw=")


def test_without_a_relay_nobody_outside_is_asked():
    assert relay.config([], "", "leg", 0, hide=True) == {"iceServers": [], "iceTransportPolicy": "all"}


def test_with_a_relay_addresses_are_hidden_where_a_customer_is():
    assert relay.config(URLS, "geheim", "leg", 0, hide=True)["iceTransportPolicy"] == "relay"
    assert relay.config(URLS, "geheim", "leg", 0, hide=False)["iceTransportPolicy"] == "all"


def test_the_page_gets_a_password_that_ends_and_never_the_secret():
    config = relay.config(URLS, "geheim", "leg", 0, hide=True)
    assert config["iceServers"][0]["username"] == "3600:leg"
    assert "geheim" not in str(config)

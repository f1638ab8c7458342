"""Who hears whom, what an SDP may say, what a page may send, how long a relay is lent."""

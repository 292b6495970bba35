"""Mails that came back, as mail servers write them; every address and name is invented."""

from __future__ import annotations

POSTFIX = """Return-Path: <>
Received: by relais.exemple.ca (Postfix) id 4F2A1; Mon, 23 Nov 2026 09:01:02 -0500 (EST)
From: MAILER-DAEMON@relais.exemple.ca (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: etude@exemple.ca
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F2A1.1/relais.exemple.ca"

This is a MIME-encapsulated message.

--4F2A1.1/relais.exemple.ca
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<{to}>: host mx.exemple.org[192.0.2.7] said: 550 5.1.1 User unknown

--4F2A1.1/relais.exemple.ca
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.exemple.ca
X-Postfix-Queue-ID: 4F2A1
Arrival-Date: Mon, 23 Nov 2026 09:01:01 -0500 (EST)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.exemple.org
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--4F2A1.1/relais.exemple.ca
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}

--4F2A1.1/relais.exemple.ca--
"""

EXCHANGE = """From: <postmaster@exemple.onmicrosoft.exemple>
To: <etude@exemple.ca>
Date: Mon, 23 Nov 2026 14:02:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="a1b2c3-d4e5"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: fr-CA
Subject: =?utf-8?B?Tm9uIHJlbWlzwqA6?= avis
Auto-Submitted: auto-replied
MIME-Version: 1.0

--a1b2c3-d4e5
Content-Type: multipart/alternative; boundary="dedans"

--dedans
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Votre message =E0 {to} n'a pas pu =EAtre remis.

--dedans
Content-Type: text/html; charset="us-ascii"

<p>Votre message</p>

--dedans--

--a1b2c3-d4e5
Content-Type: message/delivery-status

Reporting-MTA: dns;YT1PR01MB.exemple.prod.outlook.exemple
Received-From-MTA: dns;YQB.exemple
Arrival-Date: Mon, 23 Nov 2026 14:01:59 +0000

Final-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found

--a1b2c3-d4e5
Content-Type: message/rfc822

{letter}
--a1b2c3-d4e5--
"""

GMAIL = """Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@courriel.exemple>
To: etude@exemple.ca
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: {to}
Date: Mon, 23 Nov 2026 06:02:00 -0800 (PST)
Content-Type: multipart/report; boundary="0000000000005e"; report-type=delivery-status

--0000000000005e
Content-Type: multipart/related; boundary="0000000000005f"

--0000000000005f
Content-Type: text/plain; charset="UTF-8"

** Adresse introuvable **

--0000000000005f
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgo=
--0000000000005f--
--0000000000005e
Content-Type: message/delivery-status

Reporting-MTA: dns; courriel.exemple
Received-From-MTA: dns; etude@exemple.ca
X-Original-Message-ID: <x@exemple.ca>
Arrival-Date: Mon, 23 Nov 2026 06:01:59 -0800 (PST)

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.exemple.org. (192.0.2.9, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Mon, 23 Nov 2026 06:02:00 -0800 (PST)

--0000000000005e
Content-Type: message/rfc822

{letter}
--0000000000005e--
"""

SHAPES = {"postfix": POSTFIX, "exchange": EXCHANGE, "gmail": GMAIL}


def returned(shape: str, letter: bytes, *, to: str, action="failed", status="5.1.1") -> bytes:
    """Return the mail by which a server says that a letter of ours did not arrive."""
    text = letter.decode("ascii", "surrogateescape").replace("\r\n", "\n")
    headers = text.partition("\n\n")[0]
    made = SHAPES[shape].replace("{headers}", headers).replace("{letter}", text)
    for name, value in (("{to}", to), ("{action}", action), ("{status}", status)):
        made = made.replace(name, value)
    return made.encode("ascii", "surrogateescape").replace(b"\n", b"\r\n")

"""Somebody who answers with a browser that runs no script."""

import html
import re


def words(answer):
    """Return what somebody reads on a page."""
    text = re.sub(
        r"<(style|script).*?</\1>|<head.*?</head>", " ", answer.content.decode(), flags=re.DOTALL
    )
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain).strip()


def hidden(answer, name):
    """Return what a page sends without showing it."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return html.unescape(found[1]) if found else ""


class Person:
    """Somebody with a browser that runs no script."""

    def __init__(self, client, door):
        self.client, self.door = client, door
        self.page = client.get(door)

    def begin(self, **chosen):
        return self._follow(self.client.post(self.door, chosen))

    def answer(self, **more):
        """Send the page, its own fields filled by name of question; "" is left out."""
        sent = {"page": hidden(self.page, "page"), "bouton": "", **more}
        return self._follow(self.client.post(self.at, sent))

    def press(self, name, value):
        return self._follow(
            self.client.post(self.at, {"page": hidden(self.page, "page"), name: value})
        )

    def skip(self):
        return self.press("bouton", "passer")

    def go(self, address):
        self.at = address
        return self._follow(self.client.get(address))

    def send(self):
        sent = {"recu": hidden(self.page, "recu")}
        self.page = self.client.post(self.at, sent)
        return self.page

    def _follow(self, answer):
        while answer.status_code == 302:
            self.at = answer.headers["Location"]
            answer = self.client.get(self.at)
        self.page = answer
        return answer


def receipt_in(answer):
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", answer.content.decode())[0]


def through_flash(person):
    person.begin()
    person.answer(**{"/data/aide": "payee"})
    person.answer(**{"/data/manque": ["temps", "ecran"]})
    person.answer(**{"/data/personnes": "4"})
    person.answer(**{"/data/outil": "Le téléphone"})
    return person.skip()

// La cérémonie d’une clé d’accès. Le formulaire porte ce que le site demande
// (data-ceremony, data-options) et reçoit la réponse du navigateur (champ « answer »).
"use strict";
{
  const form = document.querySelector("form[data-ceremony]");
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function made(asked) {
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    };
    const key = await navigator.credentials.create({ publicKey });
    return {
      id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        attestationObject: text(key.response.attestationObject),
      },
    };
  }

  async function signed(asked) {
    const publicKey = {
      ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials),
    };
    const key = await navigator.credentials.get({ publicKey });
    const handle = key.response.userHandle;
    return {
      id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        authenticatorData: text(key.response.authenticatorData),
        signature: text(key.response.signature),
        ...(handle && handle.byteLength ? { userHandle: text(handle) } : {}),
      },
    };
  }

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = document.getElementById("cle-manquee");
    failed.hidden = true;
    try {
      const asked = JSON.parse(form.dataset.options).publicKey;
      const answer = await (form.dataset.ceremony === "create" ? made(asked) : signed(asked));
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}

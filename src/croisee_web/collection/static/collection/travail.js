// Without network, an address of somebody who answers opens the one page kept for that.
const scope = new URL(registration.scope).pathname;
const shell = `${scope.startsWith("/en/") ? "/en" : ""}/hors-ligne/`;
const script = "/statique/collection/hors-ligne.js";
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open("croisee").then((kept) => kept.addAll([shell, script])));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { mode, method, url } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(fetch(event.request).catch(() => caches.match(shell)));
  else if (new URL(url).pathname === script)
    event.respondWith(fetch(event.request).catch(() => caches.match(script)));
});

// Keeps phones and mailboxes fresh: asks for the same page and swaps the changed part.
const REFRESH_MS = 2000;

async function refresh() {
  const part = document.querySelector("[data-fresh]");
  if (!part || document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-fresh]");
    // Replacing equal content would make screen readers repeat it and lose the focus.
    if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  } catch {
    // The sandbox is restarting; the next round asks again.
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    if (button.dataset.again) setTimeout(() => (button.textContent = button.dataset.again), REFRESH_MS);
  } catch {
    // Without a secure origin there is no clipboard: mark the digits for a manual copy.
    const digits = button.parentElement.querySelector("[data-digits], [data-testid=newest-code]");
    if (digits) getSelection().selectAllChildren(digits);
  }
});

if (document.querySelector("[data-fresh]")) setInterval(refresh, REFRESH_MS);

// The authenticator counts down by itself and asks for new codes only when the old ones have ended.
const codes = document.querySelector("[data-totp]");
let endsAt = codes ? performance.now() + Number(codes.dataset.left) * 1000 : 0;
let asking = false;

async function renewCodes() {
  asking = true;
  try {
    const answer = await fetch(codes.dataset.totp, { cache: "no-store" });
    if (!answer.ok) return;
    for (const item of (await answer.json()).items) {
      const row = [...codes.children].find((one) => one.dataset.email === item.email);
      if (!row) continue;
      row.querySelector("[data-digits]").textContent = item.code;
      row.querySelector("[data-copy]").dataset.copy = item.code;
      endsAt = performance.now() + item.seconds_left * 1000;
    }
  } catch {
    // The sandbox is restarting; the next second asks again.
  } finally {
    asking = false;
  }
}

async function countDown() {
  if (document.hidden || asking) return;
  if (performance.now() >= endsAt) await renewCodes();
  const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  for (const place of codes.querySelectorAll("[data-seconds]")) place.textContent = String(left);
  for (const bar of codes.querySelectorAll("meter")) bar.value = left;
}

if (codes) setInterval(countDown, 1000);

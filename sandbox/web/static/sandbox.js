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
  } catch {
    // Without a secure origin there is no clipboard: mark the digits for a manual copy.
    const digits = document.querySelector("[data-testid=newest-code]");
    if (digits) getSelection().selectAllChildren(digits);
  }
});

if (document.querySelector("[data-fresh]")) setInterval(refresh, REFRESH_MS);

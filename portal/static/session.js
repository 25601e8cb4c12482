// Warns before the sign-in ends. The server says what time it is, so a wrong clock on the computer does no harm.
const WARN_BEFORE = 2 * 60 * 1000;
const CHECK_EVERY = 5 * 1000;
const banner = document.getElementById("idle");

if (banner) {
  const ends = Date.parse(banner.dataset.idleEndsAt);
  const now = Date.parse(banner.dataset.now) || Date.now();
  const span = ends - now;
  const failed = banner.querySelector("[data-failed]");
  let deadline = Date.now() + span;

  const show = () => {
    const warn = Date.now() >= deadline - WARN_BEFORE;
    if (banner.hidden === warn) banner.hidden = !warn;
  };

  const stay = async (event) => {
    if (!failed.hidden) return; // the second press posts the form as if there were no script
    event.preventDefault();
    try {
      const answer = await fetch(event.target.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(event.target)),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual", // a redirect leads to the sign-in page: the session is over
      });
      if (!answer.ok) throw new Error(answer.status);
      deadline = Date.now() + span;
      show();
    } catch {
      failed.hidden = false;
    }
  };

  banner.querySelector("form").addEventListener("submit", stay);
  // Who is in a meeting and looks at its page stays signed in: live.js was told so.
  document.addEventListener("stayed", () => {
    deadline = Date.now() + span;
    show();
  });
  // A timer sleeps with the computer, so the clock is looked at again when the page comes back.
  document.addEventListener("visibilitychange", show);
  setInterval(show, CHECK_EVERY);
  show();
}

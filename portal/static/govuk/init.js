import { ExitThisPage, initAll } from "./govuk-frontend.min.js";

// GOV.UK's way out adds a page to the history of the tab; ours takes the place of the one it is on.
ExitThisPage.prototype.exitPage = function () {
  document.body.classList.add("govuk-exit-this-page-hide-content");
  location.replace(this.$button.href);
};

initAll();

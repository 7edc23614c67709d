/* The page's own code: keeps what reaches it. */
window.keys = [];
window.violations = [];
window.addEventListener('keydown', (event) => window.keys.push(event.key));
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.effectiveDirective);
});

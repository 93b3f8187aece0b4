// A link to what is on the map. Everything it says stands after the `#` of the address, which browsers never send.

/** Lets a button copy the address of this view; `note` says that it did, or shows the address where copying is not allowed. */
export function offerLink(button, note) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const address = location.href;
    try {
      await navigator.clipboard.writeText(address);
      note.textContent = button.dataset.done;
    } catch {
      note.textContent = address;
    }
  });
}

// What the elements of this dashboard have in common. The server sets properties as soon as an element is in the page,
// which may be before the script that defines it has come: such a property lies on the element itself and would hide
// its setter for ever. It is handed to the setter when the element becomes what it is.
window.MdElement = class extends HTMLElement {
  connectedCallback() {
    for (const name of Object.keys(this)) {
      const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(this), name)?.set;
      if (!setter) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }
};

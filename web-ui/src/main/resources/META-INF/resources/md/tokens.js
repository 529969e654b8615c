// <md-tokens>: one button per token, coloured from model 1's colour over white to model 2's.
(() => {
  if (customElements.get('md-tokens')) return;

  // The style sheet has the colours of each theme and palette.
  const mix = (to, share) => 'color-mix(in srgb, var(--md-tint-' + to + ') ' + (100 * share).toFixed(1) + '%, var(--md-white))';

  class Tokens extends MdElement {
    connectedCallback() {
      super.connectedCallback();
      this._hover = (e) => this._follow(e.detail);
      document.addEventListener('md-hover', this._hover);
      if (!this._bound) this._bind();
      this._render();
    }

    disconnectedCallback() {
      document.removeEventListener('md-hover', this._hover);
    }

    set data(json) {
      this._data = JSON.parse(json);
      if (this.isConnected) this._render();
    }

    set pinned(json) {
      this._pinned = new Set(JSON.parse(json));
      this._press();
    }

    _bind() {
      this._bound = true;
      const index = (e) => [...this.children].indexOf(e.target.closest('button'));
      this.addEventListener('mouseover', (e) => this._say(index(e)));
      this.addEventListener('focusin', (e) => this._say(index(e)));
      this.addEventListener('mouseleave', () => this._say(-1));
      this.addEventListener('click', (e) => {
        const i = index(e);
        if (i >= 0) this.dispatchEvent(new CustomEvent('md-pin', {detail: {index: i}}));
      });
      this.addEventListener('keydown', (e) => {
        const step = {ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity}[e.key];
        if (step === undefined) return;
        e.preventDefault();
        const last = this.children.length - 1;
        const to = Math.min(last, Math.max(0, index(e) + step));
        [...this.children].forEach((b, i) => { b.tabIndex = i === to ? 0 : -1; });
        this.children[to].focus();
      });
    }

    _say(index) {
      document.dispatchEvent(new CustomEvent('md-hover', {detail: {group: this.getAttribute('hover-group'), index, source: this}}));
      this._mark(index);
    }

    _follow({group, index, source}) {
      if (source !== this && group === this.getAttribute('hover-group')) this._mark(index);
    }

    _mark(index) {
      [...this.children].forEach((b, i) => b.classList.toggle('on', i === index));
    }

    _render() {
      if (!this._data) return;
      this.replaceChildren(...this._data.tokens.map((token, i) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = token.text.replaceAll('\n', '⏎').replaceAll('\t', '⇥') || '∅';
        button.tabIndex = i === 0 ? 0 : -1;
        button.title = token.title;
        return button;
      }));
      this._paint();
      this._press();
    }

    _paint() {
      if (!this._data) return;
      const [first, second] = this._data.neutral ? ['neutral', 'neutral'] : ['a', 'b'];
      const span = this._data.span || 1;
      this._data.tokens.forEach((token, i) => {
        const button = this.children[i];
        button.classList.toggle('none', token.value === null);
        button.style.background = token.value === null ? '' : mix(token.value < 0 ? first : second, Math.min(1, Math.abs(token.value) / span));
      });
    }

    _press() {
      [...this.children].forEach((b, i) => b.setAttribute('aria-pressed', String(this._pinned?.has(i) ?? false)));
    }
  }

  customElements.define('md-tokens', Tokens);
})();

// What the reader has chosen. Sections share the choice: a response chosen in one is shown in every section that has it.

export interface Choice {
  response: string;
  nation: string | null;
  treatment: string;
  highlight: string | null;  // the nation marked on the map and in the league table
}

export class Store {
  private readonly listeners_: (() => void)[] = [];
  constructor(private choice_: Choice) {}

  get choice(): Readonly<Choice> {
    return this.choice_;
  }

  set(change: Partial<Choice>): void {
    const next = { ...this.choice_, ...change };
    const same = (Object.keys(next) as (keyof Choice)[]).every((key) => next[key] === this.choice_[key]);
    if (same) return;
    this.choice_ = next;
    for (const listener of this.listeners_) listener();
  }

  on_change(listener: () => void): void {
    this.listeners_.push(listener);
  }
}

/** One part of the choice as a section can follow it: what it lacks leaves its own value as it was. */
export class Linked<K extends keyof Choice> {
  private value_: Choice[K];
  constructor(private readonly store_: Store, readonly key: K, options: readonly Choice[K][]) {
    this.value_ = store_.choice[key];
    this.follow(options);
  }

  /** The shared value if `options` hold it, else the last one that they hold, else the first. */
  follow(options: readonly Choice[K][]): Choice[K] {
    const shared = this.store_.choice[this.key];
    if (options.includes(shared)) this.value_ = shared;
    else if (!options.includes(this.value_) && options.length) this.value_ = options[0]!;
    return this.value_;
  }

  choose(value: Choice[K]): void {
    this.value_ = value;
    this.store_.set({ [this.key]: value } as Partial<Choice>);
  }
}

import type { Ability } from "./types";

export interface AbilityGroup {
  code: string;
  label: string;
  abilities: Ability[];
}

/** Abilities by their group, in the order of the catalogue; with words, only those that speak of them. */
export const groupAbilities = (catalogue: readonly Ability[], words = ""): AbilityGroup[] => {
  const wanted = words.trim().toLocaleLowerCase();
  const groups = new Map<string, AbilityGroup>();
  for (const ability of catalogue) {
    const text = `${ability.label} ${ability.group_label}`.toLocaleLowerCase();
    if (wanted && !text.includes(wanted)) continue;
    const group = groups.get(ability.group) ?? {
      code: ability.group,
      label: ability.group_label,
      abilities: [],
    };
    group.abilities.push(ability);
    groups.set(ability.group, group);
  }
  return [...groups.values()];
};

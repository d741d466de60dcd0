export interface Ability {
  code: string;
  group: string;
  group_label: string;
  label: string;
  grantable: boolean;
  sensitive: boolean;
}

export interface BuiltInRole {
  code: string;
  label: string;
  abilities: string[];
  is_staff: boolean;
}

export interface CustomRole {
  id: string;
  name_ru: string;
  name_kk: string;
  name_en: string;
  name: string;
  abilities: string[];
  version: number;
  people_count: number;
  archived: boolean;
}

export interface RoleCatalogue {
  built_in: BuiltInRole[];
  custom: CustomRole[];
  catalogue: Ability[];
}

export interface ProfileAddress {
  kind: "registered" | "actual" | "postal";
  text: string;
}
export interface ProfilePaper {
  kind: "id_card" | "passport" | "residence_permit";
  masked_number: string;
  issued_by: string;
  issued_on: string | null;
  valid_until: string | null;
}
export interface Profile {
  full_name: string;
  full_name_kk: string;
  masked_iin: string | null;
  birth_date: string | null;
  language: "ru" | "kk" | "en";
  masked_phone: string | null;
  email: string | null;
  email_verified: boolean;
  addresses: ProfileAddress[];
  papers: ProfilePaper[];
  channels: {
    preferred: "sms" | "email" | "whatsapp";
    quiet_from: string | null;
    quiet_until: string | null;
  };
  photo_url: string | null;
  version: number;
}
export type PaperInput = Omit<ProfilePaper, "masked_number"> & { number?: string };
export interface ProfileChanges {
  full_name?: string;
  full_name_kk?: string;
  language?: Profile["language"];
  addresses?: ProfileAddress[];
  papers?: PaperInput[];
  channels?: Profile["channels"];
}

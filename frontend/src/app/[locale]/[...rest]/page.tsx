import { notFound } from "next/navigation";

const UnknownPage = () => notFound();

export default UnknownPage;

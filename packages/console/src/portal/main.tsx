// The customer's portal begins here.

import { applyTheme } from "../parts/theme.tsx";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/shell.css";

applyTheme();

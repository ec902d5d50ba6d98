// Workspaces, projects and keys as a tree, each with its budget: what is used and held of it in this month.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { Bar } from "../../../parts/bar.tsx";
import { Id } from "../../../parts/id.tsx";
import { count } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { Wide } from "../../../parts/wide.tsx";
import { useEverything } from "../../everything.ts";
import { useMay } from "../../may.ts";
import { useAccountId } from "./account.tsx";
import { NewProject, NewWorkspace, SetBudget } from "./scope-forms.tsx";
import { type Branch, branchesOf } from "./scope-tree.ts";

export function AccountBudgets(): ReactNode {
  const accountId = useAccountId();
  const input = { params: { accountId } };
  const workspaces = useEverything("listWorkspaces", input);
  const projects = useEverything("listProjects", input);
  const keys = useEverything("listKeys", input);
  const budgets = useEverything("listBudgets", input);
  const mayWrite = useMay("write");
  return (
    <section className="stack">
      <div className="row apart">
        <h2>Workspaces, projects and budgets</h2>
        {mayWrite && (
          <span className="row">
            <NewWorkspace />
            <NewProject workspaces={workspaces.data?.rows ?? []} />
          </span>
        )}
      </div>
      <Asked query={workspaces}>
        {(all) => (
          <Asked query={projects}>
            {(allProjects) => (
              <Asked query={keys}>
                {(allKeys) => (
                  <Asked query={budgets}>
                    {(states) => (
                      <>
                        {[all, allProjects, allKeys, states].some(({ isCut }) => isCut) && (
                          <p className="said warn">
                            There are more than 2,000 of a kind: only those are shown here.
                          </p>
                        )}
                        <Tree
                          branches={branchesOf({
                            workspaces: all.rows,
                            projects: allProjects.rows,
                            keys: allKeys.rows,
                            budgets: states.rows,
                          })}
                        />
                      </>
                    )}
                  </Asked>
                )}
              </Asked>
            )}
          </Asked>
        )}
      </Asked>
    </section>
  );
}

function Tree({ branches }: { readonly branches: readonly Branch[] }): ReactNode {
  const mayWrite = useMay("write");
  if (branches.length === 0) {
    return (
      <div className="empty">
        <p>No workspaces, and no key with a budget of its own.</p>
      </div>
    );
  }
  return (
    <Wide aria-label="Budgets">
      <table className="table tree">
        <caption className="only-read">Budgets of this month, in credits</caption>
        <thead>
          <tr>
            <th scope="col">Part of the account</th>
            <th scope="col">Of its budget</th>
            <th scope="col" className="number">
              Used
            </th>
            <th scope="col" className="number">
              Held
            </th>
            <th scope="col" className="number">
              Cap
            </th>
            <th scope="col">Starts anew</th>
            {mayWrite && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {branches.map((branch) => (
            <Row key={`${branch.kind} ${branch.id}`} branch={branch} mayWrite={mayWrite} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Row({
  branch,
  mayWrite,
}: {
  readonly branch: Branch;
  readonly mayWrite: boolean;
}): ReactNode {
  const { budget, name, kind, depth } = branch;
  return (
    <tr className={`depth-${depth}`}>
      <th scope="row">
        <Named branch={branch} />
      </th>
      <td>
        {budget === undefined ? (
          <span className="quiet">no budget</span>
        ) : (
          <Bar used={budget.used} held={budget.held} cap={budget.cap} label={`${kind} ${name}`} />
        )}
      </td>
      <td className="number">{budget === undefined ? "–" : count(budget.used)}</td>
      <td className="number">{budget === undefined ? "–" : count(budget.held)}</td>
      <td className="number">{budget === undefined ? "–" : count(budget.cap)}</td>
      <td>{budget === undefined ? "–" : <Day atMs={budget.resetAtMs} />}</td>
      {mayWrite && (
        <td>
          <SetBudget branch={branch} />
        </td>
      )}
    </tr>
  );
}

function Named({ branch }: { readonly branch: Branch }): ReactNode {
  const accountId = useAccountId();
  const { kind, id, name, otherKeys } = branch;
  return (
    <>
      <span className="quiet">{kind}</span>{" "}
      {kind === "key" ? (
        <Link to="/keys/$keyId" params={{ keyId: id }}>
          {name}
        </Link>
      ) : (
        name
      )}{" "}
      <Id id={id} label={`id of ${name}`} />
      {otherKeys > 0 && (
        <>
          {" "}
          <Link to="/accounts/$accountId/keys" params={{ accountId }}>
            {otherKeys === 1 ? "1 key" : `${count(otherKeys)} keys`} without a budget
          </Link>
        </>
      )}
    </>
  );
}

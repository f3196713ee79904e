import { Component, type ReactNode } from 'react';
import { Failure } from './Failure.tsx';

type Props = { readonly children: ReactNode };
type State = { readonly error?: Error };

/**
 * Stands in for a view that could not be loaded. The page is then loaded anew, since a browser may not ask a second time for a script that
 * failed, and a newer page may have other scripts; what was typed is kept on the device.
 */
export class ViewBoundary extends Component<Props, State> {
  override state: State = {};
  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
  override render(): ReactNode {
    const { error } = this.state;
    return error ? <Failure error={error} onRetry={() => location.reload()} /> : this.props.children;
  }
}

export interface FeedPost {
  readonly id: string;
  readonly author: string;
  readonly kind: 'status' | 'insight' | 'question' | 'alert';
  readonly text: string;
  readonly at: number;
}

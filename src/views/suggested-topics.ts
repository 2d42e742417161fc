// The topics that are suggested to whoever follows none yet.
import type { Topic } from '../library/api';

/**
 * What to begin with, on the welcome page and in the list of topics. Their ids are the same everywhere, so that one
 * that is picked twice, or on two devices that are merged, stays one.
 */
export const suggestedTopics: readonly Pick<Topic, 'id' | 'name' | 'query'>[] = [
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a01',
    name: 'Large language models',
    query: '"large language model"* OR llm OR llms',
  },
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a02',
    name: 'Diffusion',
    query: 'diffusion',
  },
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a03',
    name: 'Reinforcement learning',
    query: '"reinforcement learning" OR rlhf OR grpo',
  },
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a04',
    name: 'Robotics',
    query: 'robot*',
  },
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a05',
    name: 'Agents',
    query: 'agent OR agents OR agentic',
  },
  {
    id: '0d1c7a10-4b5e-4c1f-9a01-6d2f3b8e5a06',
    name: 'Multimodal',
    query: 'multimodal OR "vision language"',
  },
];

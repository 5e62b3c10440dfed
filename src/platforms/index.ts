import type { PlatformName } from '../chat/message.ts';
import type { Lines } from './connection/protocol.ts';
import { createDingtalk } from './dingtalk/dingtalk.ts';
import type { Fetch } from './http.ts';
import type { Platform } from './platform.ts';
import { createWecom } from './wecom/wecom.ts';

/** The settings that platforms are made from, by their names in the environment. */
export interface PlatformSettings {
  PUBLIC_URL?: string | undefined;
  MEDIA_HOSTS: string;
  WECOM_TOKEN?: string | undefined;
  WECOM_AES_KEY?: string | undefined;
  WECOM_BOT_ID?: string | undefined;
  WECOM_RECEIVE_ID: string;
  WECOM_API_BASE: string;
  WECOM_CORP_ID?: string | undefined;
  WECOM_AGENT_ID?: number | undefined;
  WECOM_APP_SECRET?: string | undefined;
  WECOM_BOT_SECRET?: string | undefined;
  WECOM_WS_URL: string;
  DINGTALK_APP_KEY?: string | undefined;
  DINGTALK_APP_SECRET?: string | undefined;
  DINGTALK_ROBOT_CODE?: string | undefined;
  DINGTALK_STREAM?: boolean | undefined;
  DINGTALK_API_BASE: string;
  DINGTALK_OAPI_BASE: string;
}

/** Where things are said. A third one is a file and a line here. Without `lines` nobody opens a connection. */
export const createPlatforms = (
  settings: PlatformSettings,
  fetch: Fetch,
  lines?: Lines,
): Record<PlatformName, Platform> => ({
  wecom: createWecom(
    {
      token: settings.WECOM_TOKEN,
      aesKey: settings.WECOM_AES_KEY,
      receiveId: settings.WECOM_RECEIVE_ID,
      botId: settings.WECOM_BOT_ID,
      apiBase: settings.WECOM_API_BASE,
      corpId: settings.WECOM_CORP_ID,
      agentId: settings.WECOM_AGENT_ID,
      appSecret: settings.WECOM_APP_SECRET,
      publicUrl: settings.PUBLIC_URL,
      connection:
        settings.WECOM_BOT_ID && settings.WECOM_BOT_SECRET
          ? {
              botId: settings.WECOM_BOT_ID,
              secret: settings.WECOM_BOT_SECRET,
              wsUrl: settings.WECOM_WS_URL,
            }
          : undefined,
      mediaHosts: mediaHosts(settings),
    },
    fetch,
    lines,
  ),
  dingtalk: createDingtalk(
    {
      appKey: settings.DINGTALK_APP_KEY,
      appSecret: settings.DINGTALK_APP_SECRET,
      robotCode: settings.DINGTALK_ROBOT_CODE,
      apiBase: settings.DINGTALK_API_BASE,
      oapiBase: settings.DINGTALK_OAPI_BASE,
      publicUrl: settings.PUBLIC_URL,
      stream: settings.DINGTALK_STREAM,
      mediaHosts: mediaHosts(settings),
    },
    fetch,
    lines,
  ),
});

const mediaHosts = ({ MEDIA_HOSTS }: PlatformSettings): string[] =>
  MEDIA_HOSTS.toLowerCase()
    .split(/[\s,]+/)
    .filter((host) => host !== '');

import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { publicUrlEnv } from '../../shared/runtime/environment.ts';
import type { PublicHost } from '../environments.ts';
import { BatonFunction } from './baton-function.ts';
import { fiveMinutes } from './monitoring.ts';
import { output } from './output.ts';
import type { Platform } from './platform.ts';

export type PublicApiProps = Readonly<{
  platform: Platform;
  /** Where links in mails lead instead of here. */
  publicBaseUrl?: string;
}>;

/** The pages behind links in mails, and the API of other systems. */
export class PublicApi extends Construct {
  readonly api: HttpApi;
  readonly url: string;
  private readonly platform: Platform;

  constructor(scope: Construct, id: string, { platform, publicBaseUrl }: PublicApiProps) {
    super(scope, id);
    this.platform = platform;
    const { keepData, publicHost } = platform.config;
    this.api = new HttpApi(this, 'Api', {
      apiName: `baton-${platform.environment}`,
      description: 'Pages behind links in mails of Baton, and its API',
      createDefaultStage: false,
    });
    // Links to unsubscribe must work for years, whatever becomes of the stack.
    this.api.applyRemovalPolicy(keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    this.stage(publicHost);
    this.url =
      publicBaseUrl?.replace(/\/+$/, '') ??
      (publicHost ? `https://${publicHost.name}` : this.api.apiEndpoint);
    output(this, 'ApiId', this.api.apiId);
    output(this, 'ApiUrl', this.api.apiEndpoint);
    output(this, 'PublicBaseUrl', this.url);
    platform.monitoring.alarm(this, 'Failing', {
      metric: this.api.metricServerError(fiveMinutes),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'Sales or the CRM cannot answer handoffs, or leads cannot unsubscribe or confirm.',
      runbook: 'Pages fail',
    });
  }

  /** A page that shows itself on GET and acts on POST. Mail scanners ask with HEAD first. */
  page(scope: Construct, name: string, paths: readonly string[]): BatonFunction {
    const page = new BatonFunction(scope, 'Page', { platform: this.platform, name });
    const integration = new HttpLambdaIntegration(`${name}-integration`, page.function);
    for (const path of paths)
      for (const route of this.api.addRoutes({
        path,
        methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
        integration,
      }))
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The sealed token in the link is the authorization; whoever got the mail has no account here.',
        });
    return page;
  }

  /**
   * Routes of other systems. API Gateway lets in who signs with IAM credentials that may `execute-api:Invoke` them: there
   * is no key to hand out, to keep or to rotate.
   */
  calls(
    scope: Construct,
    name: string,
    routes: Readonly<Record<string, readonly HttpMethod[]>>,
  ): BatonFunction {
    const api = new BatonFunction(scope, 'Api', { platform: this.platform, name });
    const integration = new HttpLambdaIntegration(`${name}-integration`, api.function);
    for (const [path, methods] of Object.entries(routes))
      this.api.addRoutes({ path, methods: [...methods], integration, authorizer: new HttpIamAuthorizer() });
    return api;
  }

  tellUrlTo(fn: BatonFunction): void {
    const environment: InferOutput<typeof publicUrlEnv> = { PUBLIC_BASE_URL: this.url };
    fn.tell(environment);
  }

  private stage(publicHost: PublicHost | undefined): void {
    const domainName =
      publicHost &&
      new DomainName(this, 'Domain', {
        domainName: publicHost.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', publicHost.certificateArn),
      });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      ...(domainName ? { domainMapping: { domainName } } : {}),
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: this.platform.config.logRetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        // Neither addresses nor the query: the token in it is as good as a signature.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTime',
            method: '$context.httpMethod',
            route: '$context.routeKey',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
  }
}

// aws_elastic_beanstalk_environment → endpoints: one per listener of its load balancer, by options of its settings.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Upstream } from "../../facts/endpoint.ts";
import {
  all,
  type Fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  restated,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { everything, onlyRoute, passedOnHttp, secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Known } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { placementOf } from "./acm.ts";
import { listenerProtocols as classicProtocols, instanceProtocols } from "./classic-load-balancer-values.ts";
import { eachOnce, type Options, optionsOf } from "./elastic-beanstalk-option.ts";
import { applicationSecurity, classicSecurity } from "./elastic-beanstalk-policy.ts";
import { balancerTypes, environmentTypes, flags } from "./elastic-beanstalk-values.ts";
import { type ListenerProtocol, listenerProtocols, targetProtocols } from "./load-balancer-values.ts";
import { certified, withServerCertificates } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/elastic-beanstalk",
  resourceTypes: ["aws_elastic_beanstalk_environment"],
  cannotShow: [
    "Options in the .ebextensions of an Elastic Beanstalk application, which apply where its environment sets none.",
    "What the proxy on an Elastic Beanstalk environment's instances redirects, or sends as headers.",
  ],
  endpoints: (environment) => endpointsOf(environment),
});

const architecture = "aws:elasticbeanstalk:environment";

function endpointsOf(environment: Resource): Endpoint[] {
  const tier = environment.value("tier");
  // It takes its work from a queue.
  if (isShown(tier) && tier.value === "Worker") return [];
  const options = optionsOf(environment);
  const base = { address: environment.address, kind: "Elastic Beanstalk environment", names: [], certificates: [] };
  const type = options.read(known(architecture), "EnvironmentType", {
    read: (value) => lookUp(environmentTypes, value),
    absent: "balanced",
  });
  const balancer = options.read(known(architecture), "LoadBalancerType", {
    read: (value) => lookUp(balancerTypes, value),
    absent: "classic",
  });
  const open = type.state === "unknown" ? type : balancer;
  if (type.state !== "unknown" && type.value !== "balanced") {
    const note = text`a single instance answers as the proxy on it is configured, outside the plan`;
    const proxy = { ...unknown({ reason: "application", note }), ...standAt(environment, "") };
    return [{ ...base, ...unknownTls(proxy), certificate: undefined, upstreams: [] }];
  }
  if (open.state === "unknown") return [{ ...base, ...unknownTls(open), upstreams: [] }];
  // A network load balancer passes on TCP; a shared one is judged with its own listeners.
  const shared = options.read(known(architecture), "LoadBalancerIsShared", { read: readFlag, absent: false });
  if (!isShown(balancer) || balancer.value === "network" || (isShown(shared) && shared.value)) return [];
  const kind = balancer.value === "classic" ? classic : application;
  const endpoints = listenersOf(options, kind).flatMap((listener) => listenerOf(environment, options, kind, listener));
  if (endpoints.length > 0 || !options.open) return endpoints;
  return [{ ...base, ...unknownTls({ ...unknown(options.open), ...standAt(environment, "") }), upstreams: [] }];
}

const unknownTls = (
  open: Fact<never>,
): Pick<Endpoint, "certificate" | "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "routes"> => ({
  certificate: open,
  ...secured(open),
  routes: [{ path: everything, plainHttp: open }],
});

const readFlag = (value: unknown): boolean | undefined => lookUp(flags, String(value));

/** What the two kinds of load balancers call the same thing. */
interface Kind {
  /** Namespace of the listener on port 80, which is on where nothing is set. */
  readonly first: string;
  /** Before the port of the others. */
  readonly others: string;
  readonly protocol: string;
  readonly certificate: string;
  readonly readProtocol: (value: unknown) => ListenerProtocol | undefined;
}

const classic: Kind = {
  first: "aws:elb:listener",
  others: "aws:elb:listener:",
  protocol: "ListenerProtocol",
  certificate: "SSLCertificateId",
  readProtocol: (value) => lookUp(classicProtocols, String(value).toLowerCase()),
};

const application: Kind = {
  first: "aws:elbv2:listener:default",
  others: "aws:elbv2:listener:",
  protocol: "Protocol",
  certificate: "SSLCertificateArns",
  readProtocol: (value) => lookUp(listenerProtocols, value),
};

interface Listener {
  readonly namespace: Known<string>;
  readonly port: Known<string>;
  readonly enabled: Fact<boolean>;
  readonly protocol: Fact<ListenerProtocol>;
  readonly certificate: Block | undefined;
}

function listenersOf(options: Options, kind: Kind): Listener[] {
  const namespaces = eachOnce([known(kind.first), ...options.namespaces(kind.others)]);
  const listeners = namespaces.map((namespace): Listener => {
    const isFirst = namespace.value === kind.first;
    const enabled = options.read(namespace, "ListenerEnabled", { read: readFlag, absent: true });
    return {
      namespace,
      port: isFirst ? known("80") : { ...namespace, value: namespace.value.slice(kind.others.length) },
      enabled: isFirst && kind === classic ? all(enabled, isOn(options, "LoadBalancerHTTPPort", true)) : enabled,
      protocol: options.read(namespace, kind.protocol, { read: kind.readProtocol, absent: "http", remedy: "HTTPS" }),
      certificate: options.find(namespace.value, kind.certificate),
    };
  });
  return kind === classic ? [...listeners, deprecatedSecure(options)] : listeners;
}

const deprecated = "aws:elb:loadbalancer";

/** Options from before there were namespaces of listeners: a port, or OFF. */
const isOn = (options: Options, name: string, absent: boolean): Fact<boolean> =>
  options.read(known(deprecated), name, {
    read: (value) => (value === "OFF" ? false : /^\d+$/.test(String(value)) ? true : undefined),
    absent,
  });

function deprecatedSecure(options: Options): Listener {
  const port = options.find(deprecated, "LoadBalancerHTTPSPort")?.value("value");
  return {
    namespace: known(deprecated),
    port: port && isShown(port) ? { ...port, value: String(port.value) } : known("443"),
    enabled: isOn(options, "LoadBalancerHTTPSPort", false),
    protocol: options.read(known(deprecated), "LoadBalancerSSLPortProtocol", {
      read: classic.readProtocol,
      absent: "https",
    }),
    certificate: options.find(deprecated, "SSLCertificateId"),
  };
}

function listenerOf(environment: Resource, options: Options, kind: Kind, listener: Listener): Endpoint[] {
  const { enabled } = listener;
  if (isShown(enabled) && enabled.value !== true) return [];
  const port = valueText(listener.port, undefined);
  const path = port === undefined ? nameText(listener.protocol.place.at) : text`port ${port}`;
  const protocol = enabled.state === "unknown" ? enabled : listener.protocol;
  const base = { address: environment.address, kind: "Elastic Beanstalk listener", names: [], certificates: [] };
  const upstreams = upstreamsOf(options, kind, listener.namespace, path);
  if (protocol.state === "unknown") {
    return [{ ...base, ...unknownTls(protocol), routes: [{ path, plainHttp: protocol }], upstreams }];
  }
  if (protocol.value === "tcp") {
    const plainHttp = { ...unknown(passedOnHttp), place: protocol.place };
    return listener.port.value === "80" ? [{ ...base, routes: [{ path, plainHttp }], upstreams: [] }] : [];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "http") {
    const note = protocol.note ? text`${protocol.note}, and HTTP is the default` : text`it forwards to the application`;
    const on = listenersOf(options, kind).filter((one) => !isShown(one.enabled) || one.enabled.value);
    const all = on.map((one) => ({ protocol: one.enabled.state === "unknown" ? one.enabled : one.protocol }));
    const beside = httpsBeside(all, { place: protocol.place, remedy: protocol.remedy });
    const routes = [{ path, plainHttp: { ...restated(protocol, "served" as const), note } }];
    return [{ ...base, httpsBeside: beside, routes, upstreams: [] }];
  }
  const plainHttp: PlainHttp = restated(protocol, "refused");
  const isHttps = protocol.value === "https";
  return [
    {
      ...base,
      ...certificateOf(environment, listener.certificate),
      ...(kind === classic ? classicSecurity(options, listener) : applicationSecurity(options, listener.namespace)),
      routes: [isHttps ? { ...onlyRoute(environment, plainHttp, text`the application`), path } : { path, plainHttp }],
      upstreams,
    },
  ];
}

function certificateOf(environment: Resource, setting?: Block): Pick<Endpoint, "certificate" | "certificates"> {
  const missing = { ...known("missing" as const), ...standAt(environment, "setting") };
  if (!setting) return { certificate: missing, certificates: [] };
  return certified(setting, "value", placementOf(environment, "elasticbeanstalk"), { targets: withServerCertificates });
}

const processes = `${architecture}:process:`;

/** The instances, by the protocol of a classic listener, or of the processes that an application load balancer's leads to. */
function upstreamsOf(options: Options, kind: Kind, namespace: Known<string>, path: DisplayText): Upstream[] {
  if (kind === classic) {
    const protocol = options.read<"http" | "https">(namespace, "InstanceProtocol", {
      read: (value) => lookUp(instanceProtocols, String(value).toLowerCase()),
      absent: "http",
      remedy: "HTTPS",
    });
    return [{ name: text`the instances, from ${path}`, reach: "private", protocol, routes: [path] }];
  }
  const target = options.read(namespace, "DefaultProcess", { read: String, absent: "default" });
  if (target.state === "unknown")
    return [{ name: text`a process`, reach: "private", protocol: target, routes: [path] }];
  // Rules lead to the others.
  const others = options.namespaces(processes).map((one) => ({ ...one, value: one.value.slice(processes.length) }));
  return eachOnce([target, ...others]).map((one): Upstream => {
    const namespace = known(`${processes}${one.value}`, isSensitive(one));
    const protocol = options.read<"http" | "https">(namespace, "Protocol", {
      read: (value) => lookUp(targetProtocols, value),
      absent: "http",
      remedy: "HTTPS",
    });
    const name = valueText(one, undefined);
    return {
      name: name === undefined ? text`a process` : text`process ${name}`,
      reach: "private",
      protocol,
      routes: [path],
    };
  });
}

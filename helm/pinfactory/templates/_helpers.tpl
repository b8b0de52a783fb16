{{/* Name of an object of a role. */}}
{{- define "pinfactory.name" -}}
{{- printf "%s-%s" .root.Release.Name .role | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "pinfactory.selector" -}}
app.kubernetes.io/name: pinfactory
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end -}}

{{- define "pinfactory.labels" -}}
{{ include "pinfactory.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* Image of a role: by digest where one is given. */}}
{{- define "pinfactory.image" -}}
{{- $image := .root.Values.image -}}
{{- $name := printf "pinfactory-%s" .image -}}
{{- if $image.registry }}{{ $name = printf "%s/%s" $image.registry $name }}{{ end -}}
{{- $digest := get ($image.digests | default dict) .image -}}
{{- if $digest }}{{ printf "%s@%s" $name $digest }}{{ else }}{{ printf "%s:%s" $name $image.tag }}{{ end -}}
{{- end -}}

{{/* A role's Deployment, Service, ServiceAccount and, from two replicas on, PodDisruptionBudget.
     Takes root, role, image, spec (replicas, resources), args, env, ports, probe, volumes, mounts, strategy. */}}
{{- define "pinfactory.role" -}}
{{- $name := include "pinfactory.name" . -}}
{{- $peer := and .root.Values.peers.trustDomain (ne .role "gateway") -}}
{{- $probe := .probe -}}
{{- $volumes := .volumes | default list -}}
{{- $mounts := .mounts | default list -}}
{{- if $peer -}}
{{- $secret := get (.root.Values.peers.secrets | default dict) .role | default (printf "%s-peer" $name) -}}
{{- $volumes = append $volumes (dict "name" "peer" "secret" (dict "secretName" $secret "defaultMode" 288)) -}}
{{- $mounts = append $mounts (dict "name" "peer" "mountPath" "/peer" "readOnly" true) -}}
{{- /* The kubelet has no certificate; a server listens when it is ready, and its end is told to the pod's callers by Kubernetes itself. */ -}}
{{- if ne .role "orchestrator" }}{{ $probe = dict "tcpSocket" (dict "port" .probe.grpc.port) }}{{ end -}}
{{- end -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels: {{- include "pinfactory.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- include "pinfactory.labels" . | nindent 4 }}
spec:
  {{- if .headless }}
  clusterIP: None
  {{- end }}
  selector: {{- include "pinfactory.selector" . | nindent 4 }}
  ports:
    {{- range $port, $number := .ports }}
    - name: {{ $port }}
      port: {{ $number }}
      targetPort: {{ $port }}
    {{- end }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels: {{- include "pinfactory.labels" . | nindent 4 }}
spec:
  replicas: {{ .spec.replicas }}
  strategy:
    {{- if .recreate }}
    type: Recreate
    {{- else }}
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
    {{- end }}
  selector:
    matchLabels: {{- include "pinfactory.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "pinfactory.labels" . | nindent 8 }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      # Longer than the pause before the stop (5 s) and the drain (25 s).
      terminationGracePeriodSeconds: 40
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ .image }}
          image: {{ include "pinfactory.image" . | quote }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          args:
            - --pinfactory.data-dir=/data
            - --logging.structured.format.console=logstash
            - --spring.grpc.server.health.schedule.delay=100ms
            {{- range .args }}
            - {{ . | quote }}
            {{- end }}
            {{- if $peer }}
            - --pinfactory.tls.certificate=/peer/tls.crt
            - --pinfactory.tls.private-key=/peer/tls.key
            - --pinfactory.tls.authorities=/peer/ca.crt
            - {{ printf "--pinfactory.tls.trust-domain=%s" .root.Values.peers.trustDomain | quote }}
            {{- end }}
            {{- range $name, $value := .spec.settings }}
            - {{ printf "--%s=%s" $name (kindIs "string" $value | ternary $value (toJson $value)) | quote }}
            {{- end }}
          {{- with .env }}
          env: {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            {{- range $port, $number := .ports }}
            - name: {{ $port }}
              containerPort: {{ $number }}
            {{- end }}
          startupProbe:
            {{- toYaml $probe | nindent 12 }}
            periodSeconds: 2
            failureThreshold: 60
          readinessProbe:
            {{- toYaml $probe | nindent 12 }}
            periodSeconds: 5
            failureThreshold: 2
          livenessProbe:
            {{- toYaml (.liveness | default $probe) | nindent 12 }}
            periodSeconds: 10
            failureThreshold: 6
          lifecycle:
            preStop:
              sleep:
                seconds: 5
          resources: {{- toYaml .spec.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: data
              mountPath: /data
            - name: tmp
              mountPath: /tmp
            {{- with $mounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: data
          {{- if .claim }}
          persistentVolumeClaim:
            claimName: {{ $name }}
          {{- else }}
          emptyDir:
            sizeLimit: 1Gi
          {{- end }}
        - name: tmp
          emptyDir:
            sizeLimit: 1Gi
        {{- with $volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- if .claim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ $name }}
  labels: {{- include "pinfactory.labels" . | nindent 4 }}
spec:
  accessModes: [ReadWriteOnce]
  {{- with .root.Values.storage.className }}
  storageClassName: {{ . }}
  {{- end }}
  resources:
    requests:
      storage: {{ .claim }}
{{- end }}
{{- if ge (int .spec.replicas) 2 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels: {{- include "pinfactory.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "pinfactory.selector" . | nindent 6 }}
{{- end }}
{{- end -}}

{{/* User and password of a role's database, from a Secret. Takes root, the prefix of the variables, and the user's variable. */}}
{{- define "pinfactory.database-env" -}}
- name: {{ .prefix }}_{{ .user }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.postgresql.secretName }}
      key: username
- name: {{ .prefix }}_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.postgresql.secretName }}
      key: password
{{- end -}}

{{/* The pods of a role, as a peer of a network policy. */}}
{{- define "pinfactory.peer" -}}
- podSelector:
    matchLabels: {{- include "pinfactory.selector" . | nindent 6 }}
{{- end -}}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Pulse.Native;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>Asks a server for its sources, what its sinks are called, and which source is the default.</summary>
internal sealed class DeviceQuery
{
    private readonly List<AudioDevice> _sources = [];
    private readonly Dictionary<string, string> _sinks = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _default;
    private int _open = 3;

    private DeviceQuery()
    {
    }

    /// <summary>Asks.</summary>
    /// <exception cref="DeviceException">The server does not answer.</exception>
    public static async Task<IReadOnlyList<AudioDevice>> RunAsync(PulseConnection connection, TimeProvider time, CancellationToken cancellation)
    {
        var query = new DeviceQuery();
        Ask(connection, connection.Keep(query));
        var first = await Task.WhenAny(query._answered.Task, connection.Lost).WaitAsync(DeviceLimits.Answer, time, cancellation);
        if (first != query._answered.Task) throw PulseFailure.NoServer();
        return query.Result();
    }

    private static unsafe void Ask(PulseConnection connection, nint self)
    {
        using var _ = connection.Lock();
        LibPulse.OperationUnref(LibPulse.GetServerInfo(connection.Context, &OnServer, self));
        LibPulse.OperationUnref(LibPulse.GetSinks(connection.Context, &OnSink, self));
        LibPulse.OperationUnref(LibPulse.GetSources(connection.Context, &OnSource, self));
    }

    private AudioDevice[] Result() =>
    [
        .. _sources
            .Select(source => source with
            {
                IsDefault = !source.IsMonitor && source.Name == _default,
                SinkDescription = source.SinkName is null ? null : _sinks.GetValueOrDefault(source.SinkName, source.SinkName),
            })
            .OrderBy(source => source.IsMonitor).ThenBy(source => !source.IsDefault).ThenBy(source => source.Name, StringComparer.Ordinal),
    ];

    private void AnswerEnded()
    {
        if (--_open == 0) _answered.TrySetResult();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnServer(nint context, ServerInfo* info, nint user)
    {
        var query = Of(user);
        if (info is not null) query._default = Text(info->DefaultSource);
        query.AnswerEnded();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnSink(nint context, SinkInfo* info, int end, nint user)
    {
        if (end != 0) Of(user).AnswerEnded();
        else Of(user)._sinks[Text(info->Name)!] = Text(info->Description) ?? Text(info->Name)!;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnSource(nint context, SourceInfo* info, int end, nint user)
    {
        if (end != 0)
        {
            Of(user).AnswerEnded();
            return;
        }

        var name = Text(info->Name)!;
        var sink = Text(info->MonitorOfSink);
        var format = new AudioFormat((int)info->Spec.Rate, info->Spec.Channels);
        var source = new AudioDevice(name, Text(info->Description) ?? name, format, sink, SinkDescription: null, IsDefault: false)
        {
            Tap = sink is null ? $"pulse:{name}" : $"monitor:{sink}",
            Index = info->Index,
            Map = info->Map,
        };
        Of(user)._sources.Add(source);
    }

    private static DeviceQuery Of(nint user) => (DeviceQuery)GCHandle.FromIntPtr(user).Target!;

    private static unsafe string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}

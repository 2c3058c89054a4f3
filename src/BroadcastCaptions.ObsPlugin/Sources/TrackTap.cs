using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>An output track: what it carries is on air by construction.</summary>
internal sealed unsafe class TrackTap : TapInstance
{
    private readonly Lock _choosing = new();
    private GCHandle _self;
    private int _named; // whose name we have
    private int _track; // which is tapped, 1 … 6; 0: none

    public TrackTap(TapSettings settings)
        : base(settings)
    {
        _self = GCHandle.Alloc(this);
        Choose(settings.Track);
    }

    /// <inheritdoc/>
    public override SourceKind Kind => SourceKind.Track;

    /// <inheritdoc/>
    public override nint Data => GCHandle.ToIntPtr(_self);

    private static nint Heard => (nint)(delegate* unmanaged[Cdecl]<nint, nuint, AudioData*, void>)&OnHeard;

    /// <summary>The tap that a callback is for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TrackTap Of(nint data) => (TrackTap)GCHandle.FromIntPtr(data).Target!;

    /// <inheritdoc/>
    public override void Update(TapSettings settings)
    {
        base.Update(settings);
        Choose(settings.Track);
    }

    /// <inheritdoc/>
    public override bool Refresh()
    {
        if (LibObs.obs_get_audio_info(out var info) != 0) Tap.SetFormat((int)info.SamplesPerSecond, info.Speakers);
        var track = Volatile.Read(ref _track);
        if (track != _named) Name = Encoding.UTF8.GetBytes($"Track {track}");
        _named = track;
        return true;
    }

    /// <inheritdoc/>
    public override void Detach()
    {
        Choose(0);
        _self.Free();
    }

    // After the removal has returned, no callback for it runs or comes any more.
    private void Choose(int track)
    {
        lock (_choosing)
        {
            if (track == _track) return;
            if (_track != 0) LibObs.obs_remove_raw_audio_callback((nuint)(_track - 1), Heard, Data);
            Volatile.Write(ref _track, track);
            if (track != 0) LibObs.obs_add_raw_audio_callback((nuint)(track - 1), 0, Heard, Data);
        }
    }

    // On OBS's audio thread. Nothing in it can throw.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnHeard(nint data, nuint mix, AudioData* audio)
    {
        var tap = Of(data);
        var began = CostMeter.Begin();
        ReadOnlySpan<nint> planes = audio->Planes;
        tap.Tap.Hear(planes[..(tap.Settings.IsBypassed ? 0 : tap.Tap.Channels)], (int)audio->Frames);
        tap.Tap.Judge(tap.IsOff ? OffAirReason.Disabled : OffAirReason.None);
        tap.Tap.Cost.End(began);
    }
}

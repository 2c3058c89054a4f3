using BroadcastCaptions.Audio;

namespace BroadcastCaptions.Pipeline;

/// <summary>What one source is doing, for the terminal and for metrics.</summary>
/// <param name="Source">Who is heard.</param>
/// <param name="Tap">The tap's state.</param>
/// <param name="LevelDb">Peak level of the last blocks, dBFS, −90 … 0.</param>
/// <param name="DigitalSilence">Seconds of exact zeros up to now.</param>
/// <param name="OnAir">Is it captioned now?</param>
/// <param name="OffAirReason">Why not; empty while on air.</param>
/// <param name="Position">Seconds heard.</param>
internal sealed record LaneStatus(
    AudioSource Source, TapStatus Tap, double LevelDb, double DigitalSilence, bool OnAir, string OffAirReason, double Position);

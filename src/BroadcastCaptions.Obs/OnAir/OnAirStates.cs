using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs.OnAir;

/// <summary>What a tap is bound to, in a sentence.</summary>
internal static class OnAirStates
{
    public static ComponentState Describe(TapBinding binding) => new($"on-air:{binding.Source}", Health.Ok, Detail(binding.Inputs));

    private static string Detail(IReadOnlyList<AudioInput> inputs) => inputs.Count == 0
        ? "Always on air: no OBS input captures it."
        : $"Follows OBS: {string.Join(", ", inputs.Select(input => $"\"{input.Name}\" is {(input.Muted ? "muted" : "on air")}"))}.";
}

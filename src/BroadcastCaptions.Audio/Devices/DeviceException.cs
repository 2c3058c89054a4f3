namespace BroadcastCaptions.Audio.Devices;

/// <summary>A device, or what captures its sound, failed us for now; retried.</summary>
/// <param name="message">One sentence for the user.</param>
/// <param name="remedy">What they can do; empty where they can only wait.</param>
internal sealed class DeviceException(string message, string remedy = "") : Exception(message)
{
    /// <summary>What the user can do.</summary>
    public string Remedy { get; } = remedy;
}

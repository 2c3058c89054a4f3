namespace BroadcastCaptions.Obs.Configuration;

/// <summary>What OBS's own configuration says about its WebSocket server.</summary>
/// <param name="Enabled">Is it switched on? Off where nothing is said: obs-websocket's default.</param>
/// <param name="Port">Its port.</param>
/// <param name="AuthRequired">Does it ask for a password? Yes where nothing is said.</param>
/// <param name="Password">The password; empty where there is none.</param>
internal sealed record ObsServerSettings(
    bool Enabled = false, int Port = ObsEndpoint.DefaultPort, bool AuthRequired = true, string Password = "")
{
    /// <summary>These settings, switched on; a password is made where one is asked for and none is there.</summary>
    public ObsServerSettings SwitchedOn() => this with
    {
        Enabled = true,
        Password = AuthRequired && Password.Length == 0 ? NewPassword() : Password,
    };

    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"Enabled {Enabled}, port {Port}";

    // 16 letters and digits: as obs-websocket makes its own.
    private static string NewPassword() => System.Security.Cryptography.RandomNumberGenerator.GetString(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16);
}

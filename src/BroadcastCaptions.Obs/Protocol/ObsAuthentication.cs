using System.Security.Cryptography;
using System.Text;

namespace BroadcastCaptions.Obs.Protocol;

/// <summary>The challenge–response of obs-websocket 5 (its protocol.md, "Creating an authentication string").</summary>
internal static class ObsAuthentication
{
    /// <summary>The string that proves knowledge of the password without sending it.</summary>
    public static string Respond(string password, string salt, string challenge) => Hash(Hash(password + salt) + challenge);

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

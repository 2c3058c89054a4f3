using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.Tests;

public class ObsAuthenticationTests
{
    [Fact]
    public void Answers_the_challenge_of_the_protocol_documents()
    {
        // Password, salt and challenge stand in obs-websocket's protocol.md; the answer was made by another implementation (Python's hashlib).
        var answer = ObsAuthentication.Respond(
            "supersecretpassword", "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=", "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=");
        Assert.Equal("1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=", answer);
    }
}

output "listener_arn" {
  description = "For rules of your own."
  value       = aws_lb_listener.https.arn
}

output "redirect_listener_arn" {
  description = "Of port 80; null without http_redirect."
  value       = one(aws_lb_listener.http[*].arn)
}
